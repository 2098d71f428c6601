"""The round of test/sdk/round.ts, by a client of openapi-generator for Python."""

import csv
import io
import json
import sys

from attested import ApiClient, BatchApi, ClaimsApi, Configuration, HistoryApi, ProvenanceApi
from attested.exceptions import ApiException
from attested.models import BatchInput, ClaimInput, ClaimPatch, Problem, TextValueInput, ValueInput

mode, base, key, *rest = sys.argv[1:]
client = ApiClient(Configuration(host=base, access_token=key))
claims, provenance, history = ClaimsApi(client), ProvenanceApi(client), HistoryApi(client)


def problem(request, *args, **kwargs) -> Problem:
    """The problem that a request is answered with."""
    try:
        answer = request(*args, **kwargs)
    except ApiException as error:
        if isinstance(error.data, Problem):
            return error.data
        raise
    raise TypeError(f"no problem, but {answer}")


def do_round(prefix: str) -> dict:
    parties = [("outlet", "media", "Outlet"), ("state", "government", "State")]
    operations = [
        {"method": "POST", "type": "party", "body": {"key": f"{prefix}-{key}", "kind": kind, "name": name}}
        for key, kind, name in parties
    ]
    batch = BatchApi(client).run_batch(BatchInput.from_dict({"operations": operations}))
    body = {
        "key": f"{prefix}-claim",
        "text": "The group has up to 6,500 fighters.",
        "subject": f"{prefix}-state",
        "value": {"type": "quantity", "upper": "6500", "unit": "fighters", "as_stated": "up to 6,500"},
        "occurred": "2024-07",
        "attributions": [
            {"party": f"{prefix}-outlet", "stance": "reports", "relays": ["@state"]},
            {"local_id": "state", "party": f"{prefix}-state", "stance": "asserts", "lineage": "originates"},
        ],
    }
    created = claims.create_claim(ClaimInput.from_dict(body), idempotency_key=f"{prefix}-claim")
    relaying, stated = created.attributions
    read = claims.get_claim(created.id)

    page = claims.list_claims(limit=50)
    listed = len(page.items)
    while page.next_cursor is not None:
        page = claims.list_claims(cursor=page.next_cursor)
        listed += len(page.items)

    # Not `from_dict`: it sets members that it does not find to None, which is sent, and clears them.
    changes = ClaimPatch(value=ValueInput(TextValueInput(type="text", text="several thousand")))
    if_match = f'"{read.version}"'
    patched = claims.patch_claim(created.id, if_match, changes)
    value = patched.value.actual_instance
    stale = problem(claims.patch_claim, created.id, if_match, changes)
    missing = problem(claims.get_claim, f"{prefix}-nothing")
    invalid = problem(claims.create_claim, ClaimInput(text="x", subject=f"{prefix}-nobody"))
    standing = provenance.get_claim_standing(created.id).standing
    conflict = provenance.list_conflicts(kind="contradiction", limit=1).items[0]
    versions = history.list_claim_versions(created.id)
    exported = list(csv.reader(io.StringIO(claims.list_claims_csv())))
    claims.remove_claim(created.id, f'"{patched.version}"')
    gone = problem(claims.get_claim, created.id)

    return {
        "batch": [item.status for item in batch.items],
        "created": {
            "key": created.key,
            "attributions": created.attribution_count,
            "party": relaying.party.name,
            "upper": created.value.actual_instance.upper,
            "relays": relaying.relays[0].id == stated.id,
        },
        "read": read.text,
        "listed": listed,
        "patched": {"version": patched.version, "type": value.type, "text": value.text},
        "missing": {"status": missing.status, "code": missing.code},
        "stale": {"status": stale.status, "code": stale.code},
        "invalid": {"status": invalid.status, "code": invalid.code, "pointer": invalid.errors[0].pointer},
        "standing": {"support": standing.support, "min": standing.origins.min, "max": standing.origins.max},
        "conflict": {"kind": conflict.kind, "claim": conflict.sides[0].claim.key},
        "history": [version.operation for version in versions.items],
        "exported": len(exported) - 1,
        "gone": {"status": gone.status, "version": gone.tombstone.version},
    }


def do_read() -> dict:
    id = "ttp-leader-family-stipend"
    claim = claims.get_claim(id)
    changes = history.list_changes(limit=200).items
    return {
        "listed": len(claims.list_claims(limit=50).items),
        "kind": claim.kind,
        "stances": [attribution.stance for attribution in claim.attributions],
        "support": provenance.get_claim_standing(id).standing.support,
        "conflict": provenance.list_conflicts(limit=1).items[0].kind,
        "history": [version.operation for version in history.list_claim_versions(id).items],
        "version": history.get_claim_version(id, 1).object.kind,
        "input": claims.get_claim_input(id).kind,
        "changes": [change.actual_instance.operation for change in changes],
    }


print(json.dumps(do_read() if mode == "read" else do_round(*rest)))
