import os
import smtplib

DESK = "desk@vet.example"


class PostOffice:
    def __enter__(self):
        self.server = smtplib.SMTP(os.environ["SMTP_HOST"], 587)
        self.server.starttls()
        return self

    def __exit__(self, *_exception):
        self.server.quit()

    def deliver(self, subject, text):
        letter = "From: web@vet.example\r\nTo: {}\r\nSubject: {}\r\n\r\n{}".format(DESK, subject, text)
        self.server.sendmail("web@vet.example", [DESK], letter.encode("utf-8"))  # <- weak
