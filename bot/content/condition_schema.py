"""How a condition is written in a file (docs/knowledge.md, "A rule")."""

from collections.abc import Mapping

from bot.content.conditions import UNREAD, All, AnyOf, Comparison, Condition, Not, Operator, Value
from bot.content.problems import did_you_mean
from bot.content.schema_types import Bool, Seq, Str
from bot.content.shapes import JsonSchema, Page, Report, Unreadable, pairs, what_is
from bot.content.strict_yaml import Node, ScalarNode, SequenceNode, scalar

OPERATORS: Mapping[Operator, str] = {
    Operator.IS: "It is exactly this.",
    Operator.IN: "It is one of these.",
    Operator.NOT_IN: "It is none of these.",
    Operator.AT_LEAST: "It is this or more; of a fact with an order: this or higher.",
    Operator.AT_MOST: "It is this or less; of a fact with an order: this or lower.",
    Operator.LESS_THAN: "It is less than this.",
    Operator.MORE_THAN: "It is more than this.",
    Operator.ANY_OF: "Of several values, at least one is one of these.",
    Operator.ALL_OF: "Of several values, all of these are there.",
    Operator.NONE_OF: "Of several values, none is one of these.",
    Operator.KNOWN: "Whether somebody answered it; true or false, and never unknown.",
}


class ConditionShape:
    """A condition on facts. Which facts exist is checked when all files are read."""

    def read(self, node: Node, report: Report) -> Condition:
        parts: list[Condition] = []
        failed = False
        for name, key, value in pairs(node, report):
            try:
                parts.append(self._part(name, key, value, report))
            except Unreadable:
                failed = True
        if failed:
            raise Unreadable("condition")
        if not parts:
            raise report.error(node, "this condition is empty", "Leave the key out when it always holds.")
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self, name: str, key: Node, value: Node, report: Report) -> Condition:
        match name:
            case "all":
                return All(Seq(self, at_least=1).read(value, report))
            case "any":
                return AnyOf(Seq(self, at_least=1).read(value, report))
            case "not":
                return Not(self.read(value, report))
            case _:
                return self._of_fact(name, key, value, report)

    def _of_fact(self, name: str, key: Node, value: Node, report: Report) -> Condition:
        if isinstance(value, ScalarNode):
            return Comparison(name, Operator.IS, self._scalar(value, report))
        if isinstance(value, SequenceNode):
            listed = ", ".join(str(each.value) for each in value.value if isinstance(each, ScalarNode)) or "..."
            hint = f"Write {{{name}: {{in: [{listed}]}}}}, or any_of where several can be true at once."
            raise report.error(value, "a list needs an operator", hint)
        comparisons = [self._comparison(name, *pair, report) for pair in pairs(value, report)]
        if not comparisons:
            raise report.error(key, f"nothing is asked of {name!r}", f"Write {{{name}: {{at_least: 18}}}}.")
        return comparisons[0] if len(comparisons) == 1 else All(tuple(comparisons))

    def _comparison(self, fact: str, name: str, key: Node, value: Node, report: Report) -> Comparison:
        try:
            operator = Operator(name)
        except ValueError:
            raise report.error(key, f"there is no operator {name!r}", did_you_mean(name, Operator), "C004") from None
        match operator:
            case Operator.IN | Operator.NOT_IN | Operator.ANY_OF | Operator.ALL_OF | Operator.NONE_OF:
                return Comparison(fact, operator, frozenset(Seq(Str(), at_least=1).read(value, report)))
            case Operator.KNOWN:
                return Comparison(fact, operator, Bool().read(value, report))
            case _:
                return Comparison(fact, operator, self._scalar(value, report))

    def _scalar(self, node: Node, report: Report) -> Value:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if value is None:
            raise report.error(node, f"expected a value, found {what_is(node)}")
        return value

    def stand_in(self, node: Node | None) -> Condition:
        return UNREAD

    def schema(self, page: Page) -> JsonSchema:
        return page.define("condition", lambda: _schema(page))


def _schema(page: Page) -> JsonSchema:
    condition = {"$ref": "#/$defs/condition"}
    several = {"type": "array", "items": condition}
    asked = page.define("of-a-fact", _of_a_fact)
    facts = {
        fact: {**asked, "description": f"Asks something of: {name}." if name else "Asks something of this fact."}
        for fact, name in sorted(page.ids.get("fact", {}).items())
    }
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": {**several, "description": "All of these conditions hold."},
            "any": {**several, "description": "At least one of these conditions holds."},
            "not": {**condition, "description": "This condition does not hold."},
            **facts,
        },
        "additionalProperties": asked,
    }


def _of_a_fact() -> JsonSchema:
    operators = {operator: {"description": description} for operator, description in OPERATORS.items()}
    asked = {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": operators}
    return {"anyOf": [{"type": ["string", "number", "boolean"]}, asked]}
