import json
import wave

from vosk import KaldiRecognizer, Model

MODEL = Model(lang="en-us")


def recognise(path):
    with wave.open(path) as sound:
        recogniser = KaldiRecognizer(MODEL, sound.getframerate())
        recogniser.AcceptWaveform(sound.readframes(sound.getnframes()))
    return json.loads(recogniser.FinalResult())["text"].split()
