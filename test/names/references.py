"""What rapidfuzz and nomenklatura make of the evaluation set.

Reads {pool, pairs} from standard input and writes, by matcher, `match` for each pair and `ranking`, the pool in order
for each pair (token set ratio only: logic-v1 compares and does not search). The threshold of each is the one that is
best on the part for tuning by Youden's index, recall less the share of different pairs that match.
"""

import json
import sys

given = json.load(sys.stdin)
pairs = given["pairs"]


def names_of(party):
    return [party["name"], *[other["name"] for other in party["names"]]]


def contradicts(pair):
    wanted, party = pair["wanted"], pair["party"]
    return any(wanted.get(fact) and party.get(fact) and wanted[fact] != party[fact] for fact in ("country", "born"))


def matches(scores):
    best = None
    for threshold in sorted(set(scores)):
        tuned = [(pair["same"], score >= threshold) for pair, score in zip(pairs, scores) if pair["tuning"]]
        right = sum(same and match for same, match in tuned)
        if right == 0:
            continue
        wrong = sum(match and not same for same, match in tuned)
        rank = right / sum(same for same, _ in tuned) - wrong / sum(not same for same, _ in tuned)
        if best is None or rank > best[0]:
            best = (rank, threshold)
    return [score >= best[1] for score in scores]


def token_set_ratio():
    try:
        from rapidfuzz import fuzz, utils
    except ImportError:
        return None
    score = lambda a, b: fuzz.token_set_ratio(a, b, processor=utils.default_process)
    scores = [
        0 if contradicts(pair) else max(score(pair["wanted"]["name"], name) for name in names_of(pair["party"]))
        for pair in pairs
    ]
    ranking = []
    for pair in pairs:
        order = sorted(
            (-max(score(pair["wanted"]["name"], name) for name in names), i) for i, names in enumerate(given["pool"])
        )
        ranking.append([i for _, i in order[:30]])
    return {"match": matches(scores), "ranking": ranking}


def logic_v1():
    try:
        from followthemoney import EntityProxy
        from nomenklatura.matching import LogicV1
    except ImportError:
        return None

    schema = {"person": "Person", "place": "Organization", "government": "PublicBody"}

    def entity(id, kind, names, facts):
        found = {"name": names[:1], "alias": names[1:], "country": [], "birthDate": []}
        found["country"] = [facts["country"].lower()] if facts.get("country") else []
        if kind != "person":
            del found["birthDate"]
        elif facts.get("born"):
            found["birthDate"] = [facts["born"]]
        return EntityProxy.from_dict({"id": id, "schema": schema.get(kind, "Organization"), "properties": found})

    config = LogicV1.default_config()
    scores = [
        LogicV1.compare(
            entity("a", pair["party"]["kind"], [pair["wanted"]["name"]], pair["wanted"]),
            entity("b", pair["party"]["kind"], names_of(pair["party"]), pair["party"]),
            config,
        ).score
        for pair in pairs
    ]
    return {"match": matches(scores), "ranking": None}


json.dump({"rapidfuzz token_set_ratio": token_set_ratio(), "nomenklatura logic-v1": logic_v1()}, sys.stdout)
