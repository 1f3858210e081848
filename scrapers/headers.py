"""The headers of an answer, read without the mail parser that stands behind the standard library's reading of them.

That parser is made for letters with attachments and takes longer than all else in reading the head of an answer. What
is not a plain header of one line is left to it, so that the result is the same whatever a server sends.
"""

from __future__ import annotations

import http.client
import re
from http.client import HTTPException, HTTPMessage, HTTPResponse, LineTooLong
from io import BytesIO
from types import FunctionType
from typing import IO

#: Bounds of the standard library: most headers of an answer, most bytes of a line.
_MOST, _LONGEST = 100, 65_536
_ENDS = frozenset({b"\r\n", b"\n", b""})
_PLAIN = re.compile(rb"([!-9;-~]+):[\t ]*([!-~\xa0-\xff][\t -~\xa0-\xff]*)?\r?\n")


def read_headers(file: IO[bytes]) -> HTTPMessage:
    """Read the headers of an answer up to the empty line after them, as ``http.client.parse_headers`` does.

    Raises:
        http.client.LineTooLong: a line is longer than 65,536 bytes.
        http.client.HTTPException: there are more than 100 lines.
    """
    lines: list[bytes] = []
    while (line := file.readline(_LONGEST + 1)) not in _ENDS:
        if len(line) > _LONGEST:
            raise LineTooLong("header line")
        lines.append(line)
        if len(lines) > _MOST:
            raise HTTPException(f"got more than {_MOST} headers")
    fields = [_PLAIN.fullmatch(line) for line in lines]
    message = HTTPMessage()
    for field in fields:
        if field is None:
            return http.client.parse_headers(BytesIO(b"".join(lines) + b"\r\n"))
        message[field[1].decode("ascii")] = (field[2] or b"").decode("latin-1")
    return message


class PlainlyReadResponse(HTTPResponse):
    """An answer whose headers are read by ``read_headers``; in all else the standard library's."""

    # The library's own code, which looks the reader up among the names of its module.
    begin = FunctionType(HTTPResponse.begin.__code__, {**vars(http.client), "parse_headers": read_headers})
