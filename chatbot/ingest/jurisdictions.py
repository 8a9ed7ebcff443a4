"""The codes of jurisdictions: ISO 3166-1 alpha-2 for countries, and four bodies."""

import re
from typing import Annotated

from babel import Locale
from pydantic import AfterValidator

_BODIES = ("EU", "COE", "AFRICAN-UNION", "INT")
_NO_COUNTRIES = frozenset(("EU", "UN", "EZ", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"))
_COUNTRIES = (
    frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES
)


def _jurisdiction(code: str) -> str:
    if code not in _BODIES and code not in _COUNTRIES:
        raise ValueError(f"write an ISO 3166-1 code of two letters such as KR, or one of {', '.join(_BODIES)}")
    return code


Jurisdiction = Annotated[str, AfterValidator(_jurisdiction)]
"""A field that holds such a code."""
