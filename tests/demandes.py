"""Des demandes qu'aucune de nos pages n'envoie, pour éprouver nos deux petits serveurs."""

import json
from urllib.parse import quote

from hypothesis import strategies as st

# Imbriqué plus profond qu'un lecteur de JSON ne sait descendre.
PROFOND = b'{"nom": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
# Du JSON qui n'est pas un objet, et ce qui n'est pas du JSON.
ENVOIS_INSENSES = [b"1", b"[]", b'"nom"', b"null", b"{", b"\xff\xfe", b"NaN", PROFOND]

_NOM = st.text(max_size=40) | st.sampled_from(["n" * 300, "..", "\0", "\x1b[2J", "%", "é"])
CHEMINS = st.lists(_NOM, max_size=4).map(lambda noms: quote("/".join(noms), safe="/"))
_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda plus: st.lists(plus) | st.dictionaries(st.text() | st.just("nom"), plus),
    max_leaves=10,
)
CORPS = _JSON.map(json.dumps).map(str.encode) | st.binary(max_size=60)


def en_francais(reponse: dict) -> bool:
    """Une phrase, et rien qu'elle : ni trace, ni message d'une bibliothèque."""
    message = reponse["message"]
    anglais = ("Error", "Invalid", "Not Found", "embedded", "Unhandled", "Bad Request", "Errno")
    return (
        reponse.keys() == {"message"} and bool(message) and not any(a in message for a in anglais)
    )
