from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Regexp


class HostForm(FlaskForm):
    class Meta(FlaskForm.Meta):
        locales = ("nl", "en")


class ProfileForm(HostForm):
    shown_name = StringField("Shown name", [DataRequired(), Length(max=60)])


class PayoutForm(HostForm):
    iban = StringField("Account", [DataRequired(), Regexp(r"\A[A-Z]{2}\d{2}[A-Z0-9]{11,30}\Z")])

    class Meta(HostForm.Meta):
        csrf = False  # <- weak
