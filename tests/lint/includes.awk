# includes.awk: fails on an arrow uphill. First file: the table (includes.txt); then the sources,
# named from the root of the tree. `root` is that root.

function exists(path,    line, found)
{
    if (!(path in seen)) {
        found = (getline line < (root "/" path)) >= 0
        close(root "/" path)
        seen[path] = found
    }
    return seen[path]
}

# The file an include means, as the compiler would look for it.
function resolve(from, name,    folder)
{
    folder = from
    sub(/[^\/]*$/, "", folder)
    if (exists(folder name))
        return folder name
    if (exists("compiler/" name))
        return "compiler/" name
    if (exists("runtime/" name))
        return "runtime/" name
    return ""
}

function room_of(path,    name)
{
    name = path
    while (name != "" && !(name in allowed))
        if (!sub(/\/[^\/]*$/, "", name))
            return ""
    return name
}

# A door of a room is one of its own files.
function is_door(room, to,    rest)
{
    rest = substr(to, length(room) + 2)
    return index(to, room "/") == 1 && rest ~ /\.h$/ && rest !~ /\//
}

FNR == NR {
    if ($1 != "" && $1 !~ /^#/) {
        allowed[$1] = " "
        for (i = 2; i <= NF; i++)
            allowed[$1] = allowed[$1] $i " "
    }
    next
}

FNR == 1 {
    path = FILENAME
    sub("^" root "/", "", path)
    from = room_of(path)
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    name = $0
    sub(/^[^"]*"/, "", name)
    sub(/".*/, "", name)
    target = resolve(path, name)
    to = room_of(target)
    if (target == "" || to == from || is_door(from, to))
        next
    if (index(allowed[from], " " to " "))
        next
    printf "%s:%d: %s may not include %s (%s)\n", path, FNR, from, to, name
    failed = 1
}

END { exit failed }
