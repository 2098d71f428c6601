// The round of test/sdk/round.ts, by a client of oapi-codegen.
package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"

	"round/attested"
)

type object = map[string]any

var (
	ctx    = context.Background()
	client *attested.ClientWithResponses
)

func main() {
	mode, base, key := os.Args[1], os.Args[2], os.Args[3]
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+key)
		return nil
	}
	var err error
	client, err = attested.NewClientWithResponses(base, attested.WithRequestEditorFn(authorize))
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

// must gives what an answer holds; a client that reads nothing and reports no error is a failure.
func must[T any](value *T) T {
	if value == nil {
		panic(fmt.Sprintf("no %T was read", value))
	}
	return *value
}

func got[T any](answer T, err error) T {
	check(err)
	return answer
}

// set sets an optional member of whatever type.
func set[T any](member **T, value T) { *member = &value }

func text(value string) *string { return &value }

func create(prefix string) attested.ClaimInput {
	quantity := attested.QuantityValueInput{Type: "quantity", Upper: text("6500"), Unit: text("fighters"), AsStated: text("up to 6,500")}
	value := attested.ValueInput{}
	check(value.FromQuantityValueInput(quantity))
	relaying := attested.InlineAttribution{Party: prefix + "-outlet", Stance: "reports", Relays: &[]string{"@state"}}
	stated := attested.InlineAttribution{LocalId: text("state"), Party: prefix + "-state", Stance: "asserts"}
	set(&stated.Lineage, "originates")
	return attested.ClaimInput{
		Key:          text(prefix + "-claim"),
		Text:         "The group has up to 6,500 fighters.",
		Subject:      text(prefix + "-state"),
		Value:        &value,
		Occurred:     text("2024-07"),
		Attributions: &[]attested.InlineAttribution{relaying, stated},
	}
}

func round(prefix string) object {
	operations := []attested.BatchOperation{}
	for _, body := range []object{
		{"key": prefix + "-outlet", "kind": "media", "name": "Outlet"},
		{"key": prefix + "-state", "kind": "government", "name": "State"},
	} {
		operation := attested.BatchOperation{}
		check(operation.FromBatchCreate(attested.BatchCreate{Method: "POST", Type: "party", Body: body}))
		operations = append(operations, operation)
	}
	batch := must(got(client.RunBatchWithResponse(ctx, nil, attested.BatchInput{Operations: operations})).JSON200)
	statuses := []int{}
	for _, item := range batch.Items {
		statuses = append(statuses, item.Status)
	}

	params := attested.CreateClaimParams{}
	set(&params.IdempotencyKey, prefix+"-claim")
	created := must(got(client.CreateClaimWithResponse(ctx, &params, create(prefix))).JSON201)
	relaying, stated := created.Attributions[0], created.Attributions[1]
	quantity := got(created.Value.AsQuantityValue())
	one := must(got(client.GetClaimWithResponse(ctx, created.Id, nil)).JSON200)

	listed := 0
	for query := (attested.ListClaimsParams{}); ; {
		page := must(got(client.ListClaimsWithResponse(ctx, &query)).JSON200)
		listed += len(page.Items)
		if page.NextCursor == nil {
			break
		}
		query = attested.ListClaimsParams{}
		set(&query.Cursor, *page.NextCursor)
	}

	patch := func() *attested.PatchClaimResponse {
		value := attested.ValueInput{}
		check(value.FromTextValueInput(attested.TextValueInput{Type: "text", Text: "several thousand"}))
		params := attested.PatchClaimParams{IfMatch: ifMatch(one.Version)}
		return got(client.PatchClaimWithResponse(ctx, created.Id, &params, attested.ClaimPatch{Value: &value}))
	}
	patched := must(patch().JSON200)
	patchedText := got(patched.Value.AsTextValue())
	stale := must(patch().ApplicationproblemJSON4XX)
	missing := must(got(client.GetClaimWithResponse(ctx, prefix+"-nothing", nil)).ApplicationproblemJSON4XX)
	wrong := attested.ClaimInput{Text: "x", Subject: text(prefix + "-nobody")}
	invalid := must(got(client.CreateClaimWithResponse(ctx, nil, wrong)).ApplicationproblemJSON4XX)

	standing := must(got(client.GetClaimStandingWithResponse(ctx, created.Id, nil)).JSON200).Standing
	contradictions := attested.ListConflictsParams{}
	set(&contradictions.Kind, "contradiction")
	conflict := must(got(client.ListConflictsWithResponse(ctx, &contradictions)).JSON200).Items[0]
	csvAnswer := got(client.ListClaimsCsvWithResponse(ctx, nil))
	rows := got(csv.NewReader(strings.NewReader(string(csvAnswer.Body))).ReadAll())
	history := operationsOf(created.Id)

	removed := got(client.RemoveClaimWithResponse(ctx, created.Id, &attested.RemoveClaimParams{IfMatch: ifMatch(patched.Version)}))
	if removed.StatusCode() != 204 {
		panic(string(removed.Body))
	}
	gone := must(got(client.GetClaimWithResponse(ctx, created.Id, nil)).ApplicationproblemJSON4XX)

	return object{
		"batch": statuses,
		"created": object{
			"key":          created.Key,
			"attributions": created.AttributionCount,
			"party":        relaying.Party.Name,
			"upper":        quantity.Upper,
			"relays":       relaying.Relays[0].Id == stated.Id,
		},
		"read":     one.Text,
		"listed":   listed,
		"patched":  object{"version": patched.Version, "type": patchedText.Type, "text": patchedText.Text},
		"missing":  object{"status": missing.Status, "code": missing.Code},
		"stale":    object{"status": stale.Status, "code": stale.Code},
		"invalid":  object{"status": invalid.Status, "code": invalid.Code, "pointer": invalid.Errors[0].Pointer},
		"standing": object{"support": standing.Support, "min": standing.Origins.Min, "max": standing.Origins.Max},
		"conflict": object{"kind": conflict.Kind, "claim": conflict.Sides[0].Claim.Key},
		"history":  history,
		"exported": len(rows) - 1,
		"gone":     object{"status": gone.Status, "version": must(gone.Tombstone).Version},
	}
}

func ifMatch(version int) string { return fmt.Sprintf("%q", fmt.Sprint(version)) }

func operationsOf(id string) []string {
	operations := []string{}
	for _, version := range must(got(client.ListClaimVersionsWithResponse(ctx, id, nil)).JSON200).Items {
		operations = append(operations, string(version.Operation))
	}
	return operations
}

func read() object {
	id := "ttp-leader-family-stipend"
	page := must(got(client.ListClaimsWithResponse(ctx, nil)).JSON200)
	claim := must(got(client.GetClaimWithResponse(ctx, id, nil)).JSON200)
	stances := []string{}
	for _, attribution := range claim.Attributions {
		stances = append(stances, string(attribution.Stance))
	}
	following := attested.ListChangesParams{}
	set(&following.Limit, 200)
	changes := []string{}
	for _, change := range must(got(client.ListChangesWithResponse(ctx, &following)).JSON200).Items {
		changes = append(changes, operationOf(change))
	}
	version := must(got(client.GetClaimVersionWithResponse(ctx, id, 1, nil)).JSON200)
	input := must(got(client.GetClaimInputWithResponse(ctx, id, nil)).JSON200)
	return object{
		"listed":   len(page.Items),
		"kind":     claim.Kind,
		"stances":  stances,
		"support":  must(got(client.GetClaimStandingWithResponse(ctx, id, nil)).JSON200).Standing.Support,
		"conflict": must(got(client.ListConflictsWithResponse(ctx, nil)).JSON200).Items[0].Kind,
		"history":  operationsOf(id),
		"version":  must(version.Object).Kind,
		"input":    input.Kind,
		"changes":  changes,
	}
}

func operationOf(change attested.RecordedChange) string {
	switch one := got(change.ValueByDiscriminator()).(type) {
	case attested.PartyChange:
		return one.Operation
	case attested.SourceChange:
		return one.Operation
	case attested.PredicateChange:
		return one.Operation
	case attested.ClaimChange:
		return one.Operation
	case attested.AttributionChange:
		return one.Operation
	default:
		panic(fmt.Sprintf("what is %T", one))
	}
}
