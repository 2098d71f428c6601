"""What the client `reconciler` (PyPI) makes of a running register, whose address is the only argument.

Prints its tables, and ends with code 1 where one is not as expected.
"""

import sys

import numpy
import pandas

# reconciler 0.2.2 writes the name that numpy 2 took away.
if not hasattr(numpy, "NaN"):
    numpy.NaN = numpy.nan

from reconciler import reconcile

base = sys.argv[1]
failed = False


def check(title, expected, column, **options):
    global failed
    table = reconcile(column, reconciliation_endpoint=base + "/reconcile", **options)
    print(f"\n{title}\n" + table[["input_value", "name", "score", "match", "type_id"]].to_string(index=False))
    got = list(zip(table["input_value"], table["name"], table["match"]))
    if got != expected:
        failed = True
        print(f"expected {expected}")


names = pandas.DataFrame(
    {
        "name": ["Nur Wali Masood", "TTP", "تحریک طالبان پاکستان", "Pakistan", "ISIS-K", "NCTC"]
        + ["al Kaida", "Sirajudin Haqani", "Islamic State Khorasan", "Noor Wali Masoud"],
        "country": ["PK", "PK", "PK", "Afghanistan", "AF", "US", "AF", "AF", "AF", "PK"],
    }
)
check(
    "parties in ten spellings",
    [
        ("Nur Wali Masood", "Noor Wali Mehsud", True),
        ("TTP", "Tehreek-e-Taliban Pakistan", True),
        ("تحریک طالبان پاکستان", "Tehreek-e-Taliban Pakistan", True),
        ("Pakistan", "Pakistan", True),
        ("ISIS-K", "ISIL-K", True),
        ("NCTC", "US National Counterterrorism Center", True),
        ("al Kaida", "Al-Qaeda", True),
        ("Sirajudin Haqani", "Sirajuddin Haqqani", True),
        ("Islamic State Khorasan", "ISIL-K", True),
        ("Noor Wali Masoud", "Noor Wali Mehsud", True),
    ],
    names["name"],
    type_id="party",
)
check(
    "a property that speaks against",
    [("Pakistan", "Pakistan", False)],
    names["name"][3:4],
    type_id="government",
    property_mapping={"country": names["country"][3:4]},
)
sources = pandas.Series(["35th report of the Analytical Support and Sanctions Monitoring Team"])
check(
    "a source by its title",
    [(sources[0], sources[0], True)],
    sources,
    type_id="source",
)
everything = reconcile(names["name"][:1], top_res="all", reconciliation_endpoint=base + "/reconcile")
print(f"\nall candidates of one name: {len(everything)}")
nothing = reconcile(pandas.Series(["zzzz qqqq"]), reconciliation_endpoint=base + "/reconcile")
print("a name that means nothing: match", nothing["match"].tolist())
failed = failed or nothing["match"].tolist() != [False]
sys.exit(1 if failed else 0)
