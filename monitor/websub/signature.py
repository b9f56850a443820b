"""Whether a hub signed what it sent (WebSub §7.1). Pure."""

import hmac

from monitor.model.secret import Secret

_METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})


def is_signed(body: bytes, signature: str, secret: Secret) -> bool:
    """Whether `signature`, the value of X-Hub-Signature, is that of this body; in constant time."""
    method, _, digest = signature.strip().partition("=")
    if method.lower() not in _METHODS:
        return False
    expected = hmac.new(secret.reveal().encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(expected.encode(), digest.strip().lower().encode("utf-8", "replace"))
