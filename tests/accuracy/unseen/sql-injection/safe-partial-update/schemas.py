from pydantic import BaseModel, ConfigDict, Field


class ContactPatch(BaseModel):
    model_config = ConfigDict(extra="ignore")

    phone: str | None = Field(default=None, max_length=30)
    street: str | None = Field(default=None, max_length=120)
    city: str | None = Field(default=None, max_length=80)
    postcode: str | None = Field(default=None, max_length=12)
