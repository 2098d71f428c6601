//! The round of test/sdk/round.ts, by a client of progenitor.

use std::env::args;
use std::fmt::Debug;

use attested::types::{BatchInput, ClaimInput, ClaimPatch, ClaimWithIncluded, Conflict, Problem, RecordedChange, Standing, Value};
use attested::{ByteStream, Client, Error, ResponseValue};
use futures_util::StreamExt;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, from_value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let args: Vec<String> = args().collect();
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, format!("Bearer {}", args[3]).parse().unwrap());
    let http = reqwest::Client::builder().default_headers(headers).build().unwrap();
    let client = Client::new_with_client(&args[2], http);
    let report = if args[1] == "read" { read(&client).await } else { round(&client, &args[4]).await };
    println!("{report}");
}

fn ok<T: Debug>(answer: Result<ResponseValue<T>, Error<ByteStream>>) -> T {
    answer.unwrap().into_inner()
}

/// A body from JSON, which spares the many newtypes.
fn from<T: DeserializeOwned>(body: Json) -> T {
    from_value(body).unwrap()
}

async fn bytes(mut stream: ByteStream) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(chunk) = stream.next().await {
        whole.extend_from_slice(&chunk.unwrap());
    }
    whole
}

/// The problem that a request was answered with. The client hands the bodies of problems over as they are.
async fn problem<T: Debug>(answer: Result<ResponseValue<T>, Error<ByteStream>>) -> Problem {
    match answer {
        Err(Error::ErrorResponse(response)) => {
            serde_json::from_slice(&bytes(response.into_inner()).await).unwrap()
        }
        other => panic!("no problem, but {other:?}"),
    }
}

fn if_match(version: i64) -> String {
    format!("\"{version}\"")
}

async fn round(client: &Client, prefix: &str) -> Json {
    let party = |key: &str, kind: &str, name: &str| {
        let body = json!({"key": format!("{prefix}-{key}"), "kind": kind, "name": name});
        json!({"method": "POST", "type": "party", "body": body})
    };
    let operations: BatchInput = from(json!({
        "operations": [party("outlet", "media", "Outlet"), party("state", "government", "State")]
    }));
    let batch = ok(client.run_batch().body(operations).send().await);
    let statuses: Vec<i64> = batch.items.iter().map(|item| item.status).collect();

    let claim: ClaimInput = from(json!({
        "key": format!("{prefix}-claim"),
        "text": "The group has up to 6,500 fighters.",
        "subject": format!("{prefix}-state"),
        "value": {"type": "quantity", "upper": "6500", "unit": "fighters", "as_stated": "up to 6,500"},
        "occurred": "2024-07",
        "attributions": [
            {"party": format!("{prefix}-outlet"), "stance": "reports", "relays": ["@state"]},
            {"local_id": "state", "party": format!("{prefix}-state"), "stance": "asserts", "lineage": "originates"},
        ],
    }));
    let created = ok(client.create_claim().idempotency_key(format!("{prefix}-claim")).body(claim).send().await);
    let [relaying, stated] = &created.attributions[..] else { panic!("two attributions are expected") };
    let Value::QuantityValue(quantity) = &created.value else { panic!("a quantity is expected") };
    let one = get_claim(client, &created.id).await;

    let mut listed = 0;
    let mut next = Some(ok(client.list_claims().send().await));
    while let Some(page) = next {
        listed += page.items.len();
        next = match page.next_cursor {
            Some(cursor) => Some(ok(client.list_claims().cursor(cursor).send().await)),
            None => None,
        };
    }

    let changes: ClaimPatch = from(json!({"value": {"type": "text", "text": "several thousand"}}));
    let patch = || client.patch_claim().id(&created.id).if_match(if_match(one.version)).body(changes.clone()).send();
    let patched = ok(patch().await);
    let Value::TextValue(text) = &patched.value else { panic!("a text is expected") };
    let stale = problem(patch().await).await;
    let missing = problem(client.get_claim().id(format!("{prefix}-nothing")).send().await).await;
    let wrong: ClaimInput = from(json!({"text": "x", "subject": format!("{prefix}-nobody")}));
    let invalid = problem(client.create_claim().body(wrong).send().await).await;

    let standing = standing(client, &created.id).await;
    let conflict = conflict(client, Some("contradiction")).await;
    let history = operations_of(client, &created.id).await;
    let export = client.list_claims_csv().send().await.unwrap().into_inner();
    let exported = records(&bytes(export).await) - 1;
    ok(client.remove_claim().id(&created.id).if_match(if_match(patched.version)).send().await);
    let gone = problem(client.get_claim().id(&created.id).send().await).await;

    json!({
        "batch": statuses,
        "created": {
            "key": created.key,
            "attributions": created.attribution_count,
            "party": relaying.party.name,
            "upper": quantity.upper,
            "relays": relaying.relays[0].id == stated.id,
        },
        "read": one.text,
        "listed": listed,
        "patched": {"version": patched.version, "type": text.type_, "text": text.text},
        "missing": {"status": missing.status, "code": missing.code},
        "stale": {"status": stale.status, "code": stale.code},
        "invalid": {"status": invalid.status, "code": invalid.code, "pointer": invalid.errors[0].pointer},
        "standing": {"support": standing.support, "min": standing.origins.min, "max": standing.origins.max},
        "conflict": {"kind": conflict.kind, "claim": conflict.sides[0].claim.key},
        "history": history,
        "exported": exported,
        "gone": {"status": gone.status, "version": gone.tombstone.unwrap().version},
    })
}

async fn read(client: &Client) -> Json {
    let id = "ttp-leader-family-stipend";
    let claim = get_claim(client, id).await;
    let stances: Vec<_> = claim.attributions.iter().map(|attribution| &attribution.stance).collect();
    let version = ok(client.get_claim_version().id(id).version(1).send().await);
    let feed = ok(client.list_changes().limit(200).send().await);
    json!({
        "listed": ok(client.list_claims().send().await).items.len(),
        "kind": claim.kind,
        "stances": stances,
        "support": standing(client, id).await.support,
        "conflict": conflict(client, None).await.kind,
        "history": operations_of(client, id).await,
        "version": version.object.unwrap().kind,
        "input": ok(client.get_claim_input().id(id).send().await).kind,
        "changes": feed.items.iter().map(operation_of).collect::<Vec<_>>(),
    })
}

async fn get_claim(client: &Client, id: &str) -> ClaimWithIncluded {
    ok(client.get_claim().id(id).send().await)
}

async fn standing(client: &Client, id: &str) -> Standing {
    ok(client.get_claim_standing().id(id).send().await).standing
}

async fn conflict(client: &Client, kind: Option<&str>) -> Conflict {
    let request = client.list_conflicts();
    let request = if let Some(kind) = kind { request.kind(kind) } else { request };
    ok(request.send().await).items.remove(0)
}

async fn operations_of(client: &Client, id: &str) -> Vec<Json> {
    let versions = ok(client.list_claim_versions().id(id).send().await);
    versions.items.iter().map(|version| word(&version.operation)).collect()
}

fn operation_of(change: &RecordedChange) -> Json {
    match change {
        RecordedChange::PartyChange(party) => word(&party.operation),
        RecordedChange::SourceChange(source) => word(&source.operation),
        RecordedChange::PredicateChange(predicate) => word(&predicate.operation),
        RecordedChange::ClaimChange(claim) => word(&claim.operation),
        RecordedChange::AttributionChange(attribution) => word(&attribution.operation),
        other => panic!("what is {other:?}"),
    }
}

fn word(open: &impl Serialize) -> Json {
    json!(open)
}

/// Records of a CSV: line ends outside quotes.
fn records(csv: &[u8]) -> usize {
    let mut quoted = false;
    csv.iter()
        .filter(|&&byte| {
            quoted ^= byte == b'"';
            byte == b'\n' && !quoted
        })
        .count()
}
