import subprocess


class Message:
    to = "club@film.example"
    guest = ""

    def headers(self):
        yield "To", self.to
        yield "From", "club@film.example"

    def body(self):
        return ""

    def send(self):
        head = "".join("{}: {}\n".format(*pair) for pair in self.headers())
        text = head + "\n" + self.body()
        done = subprocess.run(["/usr/sbin/sendmail", "-t", "-oi"], input=text, text=True)  # <- weak
        return done.returncode == 0


class Invitation(Message):
    def __init__(self, evening):
        self.evening = evening

    def headers(self):
        yield from super().headers()
        yield "Reply-To", f'"{self.guest}" <club@film.example>'

    def body(self):
        return f"You are invited to film evening no. {self.evening}.\n"
