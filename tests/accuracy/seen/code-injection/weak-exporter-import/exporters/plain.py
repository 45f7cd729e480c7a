def render(item):
    lines = [f"{key}: {value}" for key, value in sorted(item.items())]
    return "\n".join(lines) + "\n"
