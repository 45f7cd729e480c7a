import os

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine(os.environ["DATABASE_URL"]))


class Base(DeclarativeBase):
    pass


class Shop(Base):
    __tablename__ = "shop"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    street: Mapped[str]
    password_hash: Mapped[str]
    commission: Mapped[float] = mapped_column(default=0.12)
    approved: Mapped[bool] = mapped_column(default=False)
