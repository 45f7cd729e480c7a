from dataclasses import dataclass, field


@dataclass
class Problem:
    status: int
    title: str
    causes: list[dict] = field(default_factory=list)

    def because(self, error):
        while error is not None:
            self.causes.append({"kind": type(error).__qualname__, "detail": " ".join(map(str, error.args))})
            error = error.__cause__ or error.__context__
        return self

    @property
    def document(self):
        return {"status": self.status, "title": self.title, "causes": self.causes}
