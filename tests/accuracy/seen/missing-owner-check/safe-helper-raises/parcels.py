from dataclasses import asdict, dataclass

from flask import abort


@dataclass
class Parcel:
    number: int
    receiver_id: int
    locker: int

    def as_dict(self):
        return asdict(self)


STORE = {parcel.number: parcel for parcel in (Parcel(9001, 4, 12), Parcel(9002, 8, 33))}


def parcels_of(person):
    return [parcel.as_dict() for parcel in STORE.values() if parcel.receiver_id == person]


def fetch_for(person, number):
    parcel = STORE.get(number)
    if parcel is None or parcel.receiver_id != person:
        abort(404)
    return parcel
