// The round of test/sdk/round.ts, by a client of ogen.
package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"

	"round/attested"
)

type object = map[string]any

type problem = *attested.Problem4XXStatusCodeWithHeaders

var (
	ctx    = context.Background()
	client *attested.Client
)

type bearer string

func (key bearer) BearerAuth(context.Context, attested.OperationName) (attested.BearerAuth, error) {
	return attested.BearerAuth{Token: string(key)}, nil
}

func main() {
	mode, base, key := os.Args[1], os.Args[2], os.Args[3]
	var err error
	client, err = attested.NewClient(base, bearer(key))
	check(err)
	report := object{}
	if mode == "read" {
		report = read()
	} else {
		report = round(os.Args[4])
	}
	check(json.NewEncoder(os.Stdout).Encode(report))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// as gives the answer as the type that is expected.
func as[T any](answer any, err error) T {
	check(err)
	expected, ok := answer.(T)
	if !ok {
		panic(fmt.Sprintf("%+v in place of a %T", answer, expected))
	}
	return expected
}

// from reads a body from JSON, which spares the many optional types.
func from[T any](format string, values ...any) *T {
	body := new(T)
	check(json.Unmarshal([]byte(fmt.Sprintf(format, values...)), body))
	return body
}

func ifMatch(version int) string { return fmt.Sprintf("%q", fmt.Sprint(version)) }

func round(prefix string) object {
	operations := from[attested.BatchInput](`{"operations": [
		{"method": "POST", "type": "party", "body": {"key": "%[1]s-outlet", "kind": "media", "name": "Outlet"}},
		{"method": "POST", "type": "party", "body": {"key": "%[1]s-state", "kind": "government", "name": "State"}}
	]}`, prefix)
	batch := as[*attested.RunBatchOK](client.RunBatch(ctx, operations, attested.RunBatchParams{})).Response
	statuses := []int{}
	for _, item := range batch.Items {
		statuses = append(statuses, item.Status)
	}

	claim := from[attested.ClaimInput](`{
		"key": "%[1]s-claim", "text": "The group has up to 6,500 fighters.", "subject": "%[1]s-state",
		"value": {"type": "quantity", "upper": "6500", "unit": "fighters", "as_stated": "up to 6,500"},
		"occurred": "2024-07",
		"attributions": [
			{"party": "%[1]s-outlet", "stance": "reports", "relays": ["@state"]},
			{"local_id": "state", "party": "%[1]s-state", "stance": "asserts", "lineage": "originates"}
		]
	}`, prefix)
	creating := attested.CreateClaimParams{}
	creating.IdempotencyKey.SetTo(prefix + "-claim")
	created := as[*attested.ClaimWrittenHeaders](client.CreateClaim(ctx, claim, creating)).Response
	relaying, stated := created.Attributions[0], created.Attributions[1]
	one := getClaim(created.ID)

	listed := 0
	for query := (attested.ListClaimsParams{}); ; {
		page := as[*attested.ClaimPageHeaders](client.ListClaims(ctx, query)).Response
		listed += len(page.Items)
		if page.NextCursor.Null {
			break
		}
		query.Cursor.SetTo(page.NextCursor.Value)
	}

	changes := from[attested.ClaimPatch](`{"value": {"type": "text", "text": "several thousand"}}`)
	patching := attested.PatchClaimParams{ID: created.ID, IfMatch: ifMatch(one.Version)}
	patched := as[*attested.PutClaimOKHeaders](client.PatchClaim(ctx, changes, patching)).Response
	text := patched.Value.OneOf.TextValue
	stale := as[problem](client.PatchClaim(ctx, changes, patching)).Response
	missing := as[problem](client.GetClaim(ctx, attested.GetClaimParams{ID: prefix + "-nothing"})).Response
	wrong := from[attested.ClaimInput](`{"text": "x", "subject": "%s-nobody"}`, prefix)
	invalid := as[problem](client.CreateClaim(ctx, wrong, attested.CreateClaimParams{})).Response

	standing := standingOf(created.ID)
	contradictions := attested.ListConflictsParams{}
	contradictions.Kind.SetTo("contradiction")
	conflict := as[*attested.ConflictPageHeaders](client.ListConflicts(ctx, contradictions)).Response.Items[0]
	history := operationsOf(created.ID)
	export := as[*attested.ListClaimsCsvOKHeaders](client.ListClaimsCsv(ctx, attested.ListClaimsCsvParams{})).Response
	rows, err := csv.NewReader(export.Data).ReadAll()
	check(err)

	removing := attested.RemoveClaimParams{ID: created.ID, IfMatch: ifMatch(patched.Version)}
	as[*attested.RemoveClaimNoContent](client.RemoveClaim(ctx, removing))
	gone := as[problem](client.GetClaim(ctx, attested.GetClaimParams{ID: created.ID})).Response

	return object{
		"batch": statuses,
		"created": object{
			"key":          created.Key.Value,
			"attributions": created.AttributionCount,
			"party":        relaying.Party.Name,
			"upper":        created.Value.OneOf.QuantityValue.Upper.Value,
			"relays":       relaying.Relays[0].ID == stated.ID,
		},
		"read":     one.Text,
		"listed":   listed,
		"patched":  object{"version": patched.Version, "type": text.Type, "text": text.Text},
		"missing":  object{"status": missing.Status, "code": missing.Code},
		"stale":    object{"status": stale.Status, "code": stale.Code},
		"invalid":  object{"status": invalid.Status, "code": invalid.Code, "pointer": invalid.Errors[0].Pointer.Value},
		"standing": object{"support": standing.Support, "min": standing.Origins.Min, "max": standing.Origins.Max.Value},
		"conflict": object{"kind": conflict.Kind, "claim": conflict.Sides[0].Claim.Key.Value},
		"history":  history,
		"exported": len(rows) - 1,
		"gone":     object{"status": gone.Status, "version": gone.Tombstone.Value.Version},
	}
}

func getClaim(id string) attested.ClaimWithIncluded {
	return as[*attested.ClaimWithIncludedHeaders](client.GetClaim(ctx, attested.GetClaimParams{ID: id})).Response
}

func standingOf(id string) attested.Standing {
	params := attested.GetClaimStandingParams{ID: id}
	return as[*attested.StandingExplanationHeaders](client.GetClaimStanding(ctx, params)).Response.Standing
}

func operationsOf(id string) []string {
	params := attested.ListClaimVersionsParams{ID: id}
	operations := []string{}
	for _, version := range as[*attested.VersionPageHeaders](client.ListClaimVersions(ctx, params)).Response.Items {
		operations = append(operations, string(version.Operation))
	}
	return operations
}

func read() object {
	id := "ttp-leader-family-stipend"
	claim := getClaim(id)
	stances := []string{}
	for _, attribution := range claim.Attributions {
		stances = append(stances, string(attribution.Stance))
	}
	following := attested.ListChangesParams{}
	following.Limit.SetTo(200)
	changes := []attested.OpenChangeOperation{}
	for _, change := range as[*attested.ChangePageHeaders](client.ListChanges(ctx, following)).Response.Items {
		changes = append(changes, operationOf(change))
	}
	one := attested.GetClaimVersionParams{ID: id, Version: 1}
	version := as[*attested.ClaimVersionHeaders](client.GetClaimVersion(ctx, one)).Response
	input := as[*attested.ClaimContentHeaders](client.GetClaimInput(ctx, attested.GetClaimInputParams{ID: id})).Response
	conflicts := as[*attested.ConflictPageHeaders](client.ListConflicts(ctx, attested.ListConflictsParams{})).Response
	return object{
		"listed":   len(as[*attested.ClaimPageHeaders](client.ListClaims(ctx, attested.ListClaimsParams{})).Response.Items),
		"kind":     claim.Kind,
		"stances":  stances,
		"support":  standingOf(id).Support,
		"conflict": conflicts.Items[0].Kind,
		"history":  operationsOf(id),
		"version":  version.Object.Value.Kind,
		"input":    input.Kind,
		"changes":  changes,
	}
}

func operationOf(change attested.RecordedChange) attested.OpenChangeOperation {
	switch change.OneOf.Type {
	case attested.PartyChangeRecordedChangeSum:
		return change.OneOf.PartyChange.Operation
	case attested.SourceChangeRecordedChangeSum:
		return change.OneOf.SourceChange.Operation
	case attested.PredicateChangeRecordedChangeSum:
		return change.OneOf.PredicateChange.Operation
	case attested.ClaimChangeRecordedChangeSum:
		return change.OneOf.ClaimChange.Operation
	case attested.AttributionChangeRecordedChangeSum:
		return change.OneOf.AttributionChange.Operation
	}
	panic(fmt.Sprintf("what is %+v", change))
}
