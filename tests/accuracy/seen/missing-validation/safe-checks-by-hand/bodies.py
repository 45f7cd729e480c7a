class Bad(Exception):
    def __init__(self, field):
        super().__init__(field)
        self.field = field


def pitch_and_note(body):
    if not isinstance(body, dict) or set(body) != {"pitch", "note"}:
        raise Bad("body")
    pitch, note = body["pitch"], body["note"]
    if type(pitch) is not int or not 415 <= pitch <= 466:
        raise Bad("pitch")
    if not isinstance(note, str) or len(note) > 200 or not note.isprintable():
        raise Bad("note")
    return pitch, note
