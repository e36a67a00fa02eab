"""The OpenAPI document as one page of plain HTML: no script, nothing from elsewhere."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from chalicelib.api.openapi import Json

STYLE = Path(__file__).with_name("docs.css")
_BOUNDS = ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "pattern", "format")


def docs_page(document: Json) -> str:
    """The whole page, in the order of the document."""
    info = document["info"]
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8>",
        '<meta name=viewport content="width=device-width, initial-scale=1">',
        f"<title>{escape(info['title'])} API</title><style>{STYLE.read_text(encoding='utf-8')}</style></head><body>",
        f"<header><h1>{escape(info['title'])} API</h1><p>{_prose(info['description'])}</p>",
        '<p><a href="openapi.json">OpenAPI 3.1 document</a></p></header><main>',
        *_sections(document),
        "<section><h2 id=schemas>Shapes</h2>",
        *(_schema(name, schema) for name, schema in document["components"]["schemas"].items()),
        "</section></main></body></html>",
    ]
    return "".join(parts)


def _sections(document: Json) -> Iterator[str]:
    base = document["servers"][0]["url"]
    for tag in document["tags"]:
        yield f"<section><h2 id={escape(tag['name'])}>{escape(tag['description'])}</h2>"
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                if tag["name"] in operation["tags"]:
                    yield _operation(method, base + path, operation)
        yield "</section>"


def _operation(method: str, path: str, operation: Json) -> str:
    head = (
        f'<summary><span class="method {method}">{method.upper()}</span> <code>{escape(path)}</code> '
        f"<span class=what>{escape(operation['summary'])}</span></summary>"
    )
    rows = "".join(f"<tr><th>{name}</th><td>{text}</td></tr>" for name, text in _facts(operation))
    return f"<details id={escape(operation['operationId'])}>{head}<table>{rows}</table></details>"


def _facts(operation: Json) -> Iterator[tuple[str, str]]:
    if "description" in operation:
        yield "", escape(operation["description"])
    for parameter in operation.get("parameters", []):
        name = f"<code>{escape(parameter['name'])}</code> in {escape(parameter['in'])}"
        yield name, _type(parameter["schema"]) + ("" if parameter["required"] else ", optional")
    if "requestBody" in operation:
        yield "Body", _content(operation["requestBody"])
    for status, response in operation["responses"].items():
        if status != "default":
            yield status, _answer(response)


def _answer(response: Json) -> str:
    described = escape(response["description"])
    return f"{described}: {_content(response)}" if "content" in response else described


def _content(holder: Json) -> str:
    return ", ".join(_type(content["schema"]) for content in holder["content"].values())


def _schema(name: str, schema: Json) -> str:
    required = schema.get("required", [])
    rows = "".join(
        f"<tr><th><code>{escape(field)}</code></th><td>{_type(shape)}{'' if field in required else ', optional'}</td></tr>"
        for field, shape in schema.get("properties", {}).items()
    )
    about = f"<p>{_prose(schema['description'])}</p>" if "description" in schema else ""
    return f"<details id={escape(name)}><summary><code>{escape(name)}</code></summary>{about}<table>{rows}</table></details>"


def _type(schema: Json) -> str:
    """A schema in a few words, with links to the shapes it names."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}{_bounds(schema)}"
    return escape(str(schema.get("type", "any"))) + _bounds(schema)


def _bounds(schema: Json) -> str:
    told = [f"{name} <code>{escape(str(schema[name]))}</code>" for name in _BOUNDS if name in schema]
    return f" ({', '.join(told)})" if told else ""


def _prose(text: Any) -> str:
    """Escaped, with `code` between backquotes."""
    pieces = escape(str(text)).split("`")
    return "".join(f"<code>{piece}</code>" if place % 2 else piece for place, piece in enumerate(pieces))
