"""Writes trees_of_pymerkle.json: `pip install pymerkle==7.0.0 && python3 trees_of_pymerkle.py > trees_of_pymerkle.json`.

Its consistency proofs are not those of RFC 6962: they have every node of the later tree apart.
"""

import json

from pymerkle import InmemoryTree

MOST = 20

tree = InmemoryTree(algorithm="sha256")
for number in range(MOST):
    tree.append_entry(number.to_bytes(8, "big"))


def inclusion(at, size):
    """The first hash of its path is that of the leaf."""
    return [digest.hex() for digest in tree.prove_inclusion(at, size).path[1:]]


origin = "made by pymerkle 7.0.0 with trees_of_pymerkle.py; leaves are the numbers from 0, in eight bytes"
trees = [
    {
        "root": tree.get_root(size).hex(),
        "inclusion": [inclusion(at, size) for at in range(1, size + 1)],
    }
    for size in range(1, MOST + 1)
]
print(json.dumps({"origin": origin, "trees": trees}, indent=0))
