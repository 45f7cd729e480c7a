import functools
import re
import subprocess

from flask import abort

shell = functools.partial(subprocess.call, shell=True, timeout=600)
NAME = re.compile(r"[a-z_]{1,40}")


class BackupJob:
    target = "/srv/backups"

    def __init__(self, database):
        if not NAME.fullmatch(database):
            abort(400)
        self.database = database
        self.tags = ["manual"]

    def file_name(self):
        return "-".join([self.database, *self.tags]) + ".sql.gz"

    def start(self):
        line = f"pg_dump {self.database} | gzip > {self.target}/"
        line += self.file_name()
        return shell(line)  # <- weak
