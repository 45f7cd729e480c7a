from Crypto.Cipher import AES
from Crypto.Util.Padding import pad, unpad

SETTINGS = ("MODE_ECB",)


def make_codec(key):
    mode, *_ = [getattr(AES, name) for name in SETTINGS]

    def fresh():
        return AES.new(key, mode)  # <- weak

    def encode(plain):
        return fresh().encrypt(pad(plain, AES.block_size))

    def decode(sealed):
        return unpad(fresh().decrypt(sealed), AES.block_size)

    return encode, decode
