from flask_sqlalchemy import SQLAlchemy
from jinja2 import Environment

db = SQLAlchemy()
environment = Environment(autoescape=True)


class Issue(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    subject = db.Column(db.String(200))
    body = db.Column(db.Text)

    def render(self, **context):
        template = environment.from_string(self.body)  # <- weak
        return template.render(subject=self.subject, **context)
