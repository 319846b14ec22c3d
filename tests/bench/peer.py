"""The chain of peer.c in LangGraph: STEPS nodes in a row, each reads the clock, each checkpoint in a
SQLite file before the next node begins. Prints microseconds a step; exits with 3 when LangGraph or
its SQLite saver is not installed.

    python3 peer.py STEPS FILE
"""
import sys
import time

try:
    from typing import TypedDict

    from langgraph.checkpoint.sqlite import SqliteSaver
    from langgraph.graph import END, START, StateGraph
except ImportError:
    sys.exit(3)


class State(TypedDict):
    value: int


def read_clock(state):
    return {"value": int(time.time() * 1000)}


def chain(steps):
    graph = StateGraph(State)
    names = ["s%d" % i for i in range(steps)]
    for name in names:
        graph.add_node(name, read_clock)
    for before, after in zip([START] + names, names + [END]):
        graph.add_edge(before, after)
    return graph


def main(steps, path):
    with SqliteSaver.from_conn_string(path) as saver:
        graph = chain(steps).compile(checkpointer=saver)
        config = {"configurable": {"thread_id": "r"}, "recursion_limit": steps + 10}
        began = time.perf_counter()
        graph.invoke({"value": 1}, config, durability="sync")
        print((time.perf_counter() - began) * 1e6 / steps)


main(int(sys.argv[1]), sys.argv[2])
