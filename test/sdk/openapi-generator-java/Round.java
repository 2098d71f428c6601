// The round of test/sdk/round.ts, by a client of openapi-generator for Java.

import attested.ApiClient;
import attested.ApiException;
import attested.api.BatchApi;
import attested.api.ClaimsApi;
import attested.api.HistoryApi;
import attested.api.ProvenanceApi;
import attested.model.*;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

public class Round {
  static final ObjectMapper mapper = ApiClient.createDefaultObjectMapper();
  static ApiClient client;
  static ClaimsApi claims;
  static ProvenanceApi provenance;
  static HistoryApi history;
  static BatchApi batches;

  public static void main(String[] args) throws Exception {
    client = new ApiClient();
    client.updateBaseUri(args[1]);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + args[2]));
    claims = new ClaimsApi(client);
    provenance = new ProvenanceApi(client);
    history = new HistoryApi(client);
    batches = new BatchApi(client);
    Object report = args[0].equals("read") ? read() : round(args[3]);
    System.out.println(new ObjectMapper().writeValueAsString(report));
  }

  static Object round(String prefix) throws Exception {
    BatchInput operations = from(BatchInput.class, """
        {"operations": [
          {"method": "POST", "type": "party", "body": {"key": "PREFIX-outlet", "kind": "media", "name": "Outlet"}},
          {"method": "POST", "type": "party", "body": {"key": "PREFIX-state", "kind": "government", "name": "State"}}
        ]}""".replace("PREFIX", prefix));
    BatchResult batch = batches.runBatch(operations, null, null);

    QuantityValueInput quantity = new QuantityValueInput().type(QuantityValueInput.TypeEnum.QUANTITY).upper("6500")
        .unit("fighters").asStated("up to 6,500");
    ClaimInput body = new ClaimInput()
        .key(prefix + "-claim")
        .text("The group has up to 6,500 fighters.")
        .subject(prefix + "-state")
        .value(new ValueInput(quantity))
        .occurred("2024-07")
        .addAttributionsItem(new InlineAttribution().party(prefix + "-outlet").stance(Stance.REPORTS).addRelaysItem("@state"))
        .addAttributionsItem(new InlineAttribution().localId("state").party(prefix + "-state").stance(Stance.ASSERTS)
            .lineage(Lineage.ORIGINATES));
    ClaimWritten created = claims.createClaim(body, prefix + "-claim", null);
    ClaimAttribution relaying = created.getAttributions().get(0);
    ClaimAttribution stated = created.getAttributions().get(1);
    ClaimWithIncluded one = getClaim(created.getId());

    ClaimPage page = page(null);
    int listed = page.getItems().size();
    while (page.getNextCursor() != null) {
      page = page(page.getNextCursor());
      listed += page.getItems().size();
    }

    TextValueInput several = new TextValueInput().type(TextValueInput.TypeEnum.TEXT).text("several thousand");
    ClaimPatch changes = new ClaimPatch().value(new ValueInput(several));
    String ifMatch = "\"" + one.getVersion() + "\"";
    ClaimWritten patched = claims.patchClaim(created.getId(), ifMatch, changes, null);
    TextValue text = patched.getValue().getTextValue();
    Problem stale = problem(() -> claims.patchClaim(created.getId(), ifMatch, changes, null));
    Problem missing = problem(() -> getClaim(prefix + "-nothing"));
    ClaimInput wrong = new ClaimInput().text("x").subject(prefix + "-nobody");
    Problem invalid = problem(() -> claims.createClaim(wrong, null, null));

    Standing standing = standing(created.getId());
    Conflict conflict = conflicts("contradiction").get(0);
    List<String> operationsDone = operations(created.getId());
    // The client reads every answer as JSON: an export is sent for by the library below it.
    HttpRequest export = HttpRequest.newBuilder(URI.create(client.getBaseUri() + "/v1/claims.csv")).build();
    String exported = client.getHttpClient().send(export, HttpResponse.BodyHandlers.ofString()).body();
    claims.removeClaim(created.getId(), "\"" + patched.getVersion() + "\"", null);
    Problem gone = problem(() -> getClaim(created.getId()));

    return Map.ofEntries(
        Map.entry("batch", batch.getItems().stream().map(BatchItem::getStatus).toList()),
        Map.entry("created", Map.of(
            "key", created.getKey(),
            "attributions", created.getAttributionCount(),
            "party", relaying.getParty().getName(),
            "upper", created.getValue().getQuantityValue().getUpper(),
            "relays", relaying.getRelays().get(0).getId().equals(stated.getId()))),
        Map.entry("read", one.getText()),
        Map.entry("listed", listed),
        Map.entry("patched", Map.of("version", patched.getVersion(), "type", text.getType(), "text", text.getText())),
        Map.entry("missing", Map.of("status", missing.getStatus(), "code", missing.getCode())),
        Map.entry("stale", Map.of("status", stale.getStatus(), "code", stale.getCode())),
        Map.entry("invalid", Map.of("status", invalid.getStatus(), "code", invalid.getCode(),
            "pointer", invalid.getErrors().get(0).getPointer())),
        Map.entry("standing", Map.of("support", standing.getSupport(), "min", standing.getOrigins().getMin(),
            "max", standing.getOrigins().getMax())),
        Map.entry("conflict", Map.of("kind", conflict.getKind(), "claim", conflict.getSides().get(0).getClaim().getKey())),
        Map.entry("history", operationsDone),
        Map.entry("exported", records(exported) - 1),
        Map.entry("gone", Map.of("status", gone.getStatus(), "version", gone.getTombstone().getVersion())));
  }

  static Object read() throws Exception {
    String id = "ttp-leader-family-stipend";
    ClaimWithIncluded claim = getClaim(id);
    return Map.of(
        "listed", page(null).getItems().size(),
        "kind", claim.getKind(),
        "stances", claim.getAttributions().stream().map(ClaimAttribution::getStance).toList(),
        "support", standing(id).getSupport(),
        "conflict", conflicts(null).get(0).getKind(),
        "history", operations(id),
        "version", version(id, 1).getObject().getKind(),
        "input", input(id).getKind(),
        "changes", changes().stream().map(Round::operation).toList());
  }

  static ClaimWithIncluded getClaim(String id) throws ApiException {
    return claims.getClaim(ClaimsApi.APIGetClaimRequest.newBuilder().id(id).build());
  }

  static ClaimContent input(String id) throws ApiException {
    return claims.getClaimInput(ClaimsApi.APIGetClaimInputRequest.newBuilder().id(id).build());
  }

  static ClaimVersion version(String id, int version) throws ApiException {
    return history.getClaimVersion(HistoryApi.APIGetClaimVersionRequest.newBuilder().id(id).version(version).build());
  }

  static List<RecordedChange> changes() throws ApiException {
    return history.listChanges(HistoryApi.APIListChangesRequest.newBuilder().limit(200).build()).getItems();
  }

  static ClaimPage page(String cursor) throws ApiException {
    return claims.listClaims(ClaimsApi.APIListClaimsRequest.newBuilder().cursor(cursor).build());
  }

  static Standing standing(String id) throws ApiException {
    return provenance.getClaimStanding(ProvenanceApi.APIGetClaimStandingRequest.newBuilder().id(id).build()).getStanding();
  }

  static List<Conflict> conflicts(String kind) throws ApiException {
    return provenance.listConflicts(ProvenanceApi.APIListConflictsRequest.newBuilder().kind(kind).build()).getItems();
  }

  static List<String> operations(String id) throws ApiException {
    var request = HistoryApi.APIListClaimVersionsRequest.newBuilder().id(id).build();
    return history.listClaimVersions(request).getItems().stream().map(Version::getOperation).toList();
  }

  static String operation(RecordedChange change) {
    Object one = change.getActualInstance();
    if (one instanceof PartyChange party) return party.getOperation();
    if (one instanceof SourceChange source) return source.getOperation();
    if (one instanceof PredicateChange predicate) return predicate.getOperation();
    if (one instanceof ClaimChange claim) return claim.getOperation();
    if (one instanceof AttributionChange attribution) return attribution.getOperation();
    throw new IllegalStateException("what is " + change);
  }

  interface Request {
    Object send() throws ApiException;
  }

  /** The problem that a request is answered with. */
  static Problem problem(Request request) throws JsonProcessingException {
    try {
      throw new IllegalStateException("no problem, but " + request.send());
    } catch (ApiException exception) {
      return from(Problem.class, exception.getResponseBody());
    }
  }

  static <T> T from(Class<T> type, String json) throws JsonProcessingException {
    return mapper.readValue(json, type);
  }

  /** Records of a CSV: line ends outside quotes. */
  static int records(String csv) {
    boolean quoted = false;
    int records = 0;
    for (char c : csv.toCharArray()) {
      if (c == '"') quoted = !quoted;
      else if (c == '\n' && !quoted) records++;
    }
    return records;
  }
}
