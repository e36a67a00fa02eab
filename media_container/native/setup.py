"""Builds the compiled hot path of the media server. Needs a C compiler and Python's headers."""

from setuptools import setup

setup(
    name="vardrum-hot-path",
    version="1.0",
    description="The media server's packet path, compiled",
    python_requires=">=3.11",
    py_modules=[],
    cffi_modules=["build_hot_path.py:ffibuilder"],
    install_requires=["cffi"],
)
