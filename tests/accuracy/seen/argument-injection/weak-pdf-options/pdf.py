import subprocess

DEFAULTS = {"page-size": "A4", "margin-top": "20mm"}


def option_words(options):
    for name, value in options.items():
        yield "--" + name
        if value is not True:
            yield str(value)


def render_pdf(html, options):
    merged = DEFAULTS | options
    words = ["wkhtmltopdf", *option_words(merged), "-", "-"]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # <- weak
    output, _ = process.communicate(html.encode())
    return output
