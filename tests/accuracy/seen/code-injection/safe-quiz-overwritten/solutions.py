REFERENCE = (
    "def solve(n):\n    return n * n\n",
    "def solve(n):\n    return sum(range(n + 1))\n",
    "def solve(n):\n    return [n] * n\n",
)


def reference(number):
    if 1 <= number <= len(REFERENCE):
        return REFERENCE[number - 1]
    return None
