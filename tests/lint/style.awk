# style.awk: what one file must keep to: its head comment, sizes, width, words. Prints
# "error" and "warning" lines; fails when there is an error. `root` is the root of the tree.

function report(severity, line, text)
{
    printf "%s:%d: %s: %s\n", path, line, severity, text
    if (severity == "error")
        failed = 1
}

# More than `warn` is worth a thought, more than `most` is not accepted.
function measure(n, warn, most, line, what)
{
    if (n > most)
        report("error", line, what " of " n " lines, at most " most)
    else if (n > warn)
        report("warning", line, what " of " n " lines, better at most " warn)
}

function end_file()
{
    if (path != "")
        measure(last, 400, path ~ /^tests\// ? 800 : 600, 1, "a file")
}

FNR == 1 {
    end_file()
    path = FILENAME
    sub("^" root "/", "", path)
    name = path
    sub(/.*\//, "", name)
    if (index($0, "/* " name ":") != 1)
        report("error", 1, "the first line must be '/* " name ": ...'")
    opened = literals = 0
}

{ last = FNR }

# A function's body stands between braces in the first column.
/^\{/ { opened = FNR }
/^\}/ && opened {
    measure(FNR - opened - 1, 80, 150, opened, "a function")
    opened = 0
}

/(^|[^A-Za-z0-9_])(TODO|FIXME|XXX)([^A-Za-z0-9_]|$)/ { report("error", FNR, "unfinished work") }

{
    wide = $0
    gsub(/[\200-\277]/, "", wide)
    if (length(wide) > 100)
        report("error", FNR, "wider than 100 columns")
}

# The world is reached through io.h: not by a call from anywhere else in the runtime. Operations
# may work on files, that is what they are for; their clock and chance come from kiln_op.h.
function calls(names)
{
    return match(code, "(^|[^A-Za-z0-9_.>*])(" names ")\\(")
}

path ~ /^runtime\// && path !~ /io_posix\.c$/ {
    code = $0
    gsub(/"([^"\\]|\\.)*"/, "\"\"", code)
    sub(/\/\*.*/, "", code)
    sub(/^ \*.*/, "", code)
    if (calls("time|clock_gettime|gettimeofday|s?rand|random|getrandom|u?sleep|nanosleep") \
        || (path !~ /^runtime\/ops\// && calls("f?open|creat|f?sync|fdatasync")))
        report("error", FNR, "only io_posix.c calls " substr(code, RSTART + 1, RLENGTH - 2))
    # What is in every program does without the large parts of the C library: text.h prints,
    # number.h reads, civil.h knows the calendar.
    if (path !~ /^runtime\/(ops|functions|template)\// \
        && calls("[vfsn]*printf|sscanf|ato[a-z]+|strto[a-z]+|str[pf]time|mktime|timegm|gmtime(_r)?"))
        report("error", FNR, "every program would carry " substr(code, RSTART + 1, RLENGTH - 2))
}

# Fixed C text belongs in templates/, where a compiler sees it.
path ~ /^compiler\/emit\// {
    if ($0 ~ /^[ \t]*([a-z_]+\([^,"]*, *)?"([^"\\]|\\.)*"[);,]*$/)
        literals++
    else
        literals = 0
    if (literals == 4)
        report("error", FNR, "fixed text of four lines; it belongs in templates/")
}

END {
    end_file()
    exit failed
}
