import ast

ALLOWED_NAMES = {"price", "amount", "min", "max", "round"}
FORBIDDEN = (ast.Lambda, ast.Await, ast.Yield, ast.NamedExpr)


class FormulaError(Exception):
    pass


class Guard(ast.NodeVisitor):
    def visit_Name(self, node):
        if node.id not in ALLOWED_NAMES:
            raise FormulaError(node.id)

    def generic_visit(self, node):
        if isinstance(node, FORBIDDEN):
            raise FormulaError(type(node).__name__)
        super().generic_visit(node)


class Formula:
    def __init__(self, code):
        self.code = code

    @classmethod
    def parse(cls, source):
        try:
            tree = ast.parse(source, mode="eval")
        except SyntaxError as error:
            raise FormulaError("syntax") from error
        Guard().visit(tree)
        return cls(compile(tree, "<formula>", "eval"))

    def value(self, **names):
        scope = {"__builtins__": {}, "min": min, "max": max, "round": round}
        return eval(self.code, scope, names)  # <- weak
