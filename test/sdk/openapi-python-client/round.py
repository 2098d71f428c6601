"""The round of test/sdk/round.ts, by a client of openapi-python-client."""

import csv
import io
import json
import sys

from attested import AuthenticatedClient
from attested.api.batch import run_batch
from attested.api.claims import create_claim, get_claim, get_claim_input, list_claims, list_claims_csv, patch_claim, remove_claim
from attested.api.history import get_claim_version, list_changes, list_claim_versions
from attested.api.provenance import get_claim_standing, list_conflicts
from attested.models import BatchInput, ClaimInput, ClaimPatch, ClaimWithIncluded, ClaimWritten, Problem, QuantityValue, TextValue
from attested.types import Unset

mode, base, key, *rest = sys.argv[1:]
client = AuthenticatedClient(base_url=base, token=key, raise_on_unexpected_status=True)


def must(kind, answer):
    """The answer, if it is what was expected."""
    if not isinstance(answer, kind):
        raise TypeError(f"{type(answer).__name__} in place of {kind.__name__}: {answer}")
    return answer


def problem(answer) -> Problem:
    return must(Problem, answer)


def do_round(prefix: str) -> dict:
    parties = [("outlet", "media", "Outlet"), ("state", "government", "State")]
    batch = run_batch.sync(
        client=client,
        body=BatchInput.from_dict(
            {
                "operations": [
                    {"method": "POST", "type": "party", "body": {"key": f"{prefix}-{key}", "kind": kind, "name": name}}
                    for key, kind, name in parties
                ]
            }
        ),
    )
    body = ClaimInput.from_dict(
        {
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
    )
    created = must(ClaimWritten, create_claim.sync(client=client, body=body, idempotency_key=f"{prefix}-claim"))
    relaying, stated = created.attributions
    read = must(ClaimWithIncluded, get_claim.sync(created.id, client=client))

    page = list_claims.sync(client=client, limit=50)
    listed = len(page.items)
    while page.next_cursor is not None:
        page = list_claims.sync(client=client, cursor=page.next_cursor)
        listed += len(page.items)

    def patch(version: int):
        changes = ClaimPatch.from_dict({"value": {"type": "text", "text": "several thousand"}})
        return patch_claim.sync(created.id, client=client, body=changes, if_match=f'"{version}"')

    patched = must(ClaimWritten, patch(read.version))
    stale = problem(patch(read.version))
    missing = problem(get_claim.sync(f"{prefix}-nothing", client=client))
    invalid = problem(create_claim.sync(client=client, body=ClaimInput(text="x", subject=f"{prefix}-nobody")))
    standing = get_claim_standing.sync(created.id, client=client).standing
    conflict = list_conflicts.sync(client=client, kind="contradiction", limit=1).items[0]
    history = list_claim_versions.sync(created.id, client=client)
    exported = list(csv.reader(io.StringIO(must(str, list_claims_csv.sync(client=client)))))
    remove_claim.sync_detailed(created.id, client=client, if_match=f'"{patched.version}"')
    gone = problem(get_claim.sync(created.id, client=client))

    return {
        "batch": [item.status for item in batch.items],
        "created": {
            "key": created.key,
            "attributions": created.attribution_count,
            "party": relaying.party.name,
            "upper": must(QuantityValue, created.value).upper,
            "relays": relaying.relays[0].id == stated.id,
        },
        "read": read.text,
        "listed": listed,
        "patched": {
            "version": patched.version,
            "type": patched.value.type_,
            "text": must(TextValue, patched.value).text,
        },
        "missing": {"status": missing.status, "code": missing.code},
        "stale": {"status": stale.status, "code": stale.code},
        "invalid": {"status": invalid.status, "code": invalid.code, "pointer": invalid.errors[0].pointer},
        "standing": {"support": standing.support, "min": standing.origins.min_, "max": standing.origins.max_},
        "conflict": {"kind": conflict.kind, "claim": conflict.sides[0].claim.key},
        "history": [version.operation for version in history.items],
        "exported": len(exported) - 1,
        "gone": {"status": gone.status, "version": None if isinstance(gone.tombstone, Unset) else gone.tombstone.version},
    }


def do_read() -> dict:
    id = "ttp-leader-family-stipend"
    claim = must(ClaimWithIncluded, get_claim.sync(id, client=client))
    return {
        "listed": len(list_claims.sync(client=client, limit=50).items),
        "kind": claim.kind,
        "stances": [attribution.stance for attribution in claim.attributions],
        "support": get_claim_standing.sync(id, client=client).standing.support,
        "conflict": list_conflicts.sync(client=client, limit=1).items[0].kind,
        "history": [version.operation for version in list_claim_versions.sync(id, client=client).items],
        "version": get_claim_version.sync(id, 1, client=client).object_.kind,
        "input": get_claim_input.sync(id, client=client).kind,
        "changes": [change.operation for change in list_changes.sync(client=client, limit=200).items],
    }


print(json.dumps(do_read() if mode == "read" else do_round(*rest)))
