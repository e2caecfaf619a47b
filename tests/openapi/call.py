"""One call with the generated Python client: the units and how far their squads have come."""

import sys

from yuanfa_client import AuthenticatedClient
from yuanfa_client.api.read import list_quotas
from yuanfa_client.api.units import declare_headcount
from yuanfa_client.models import Headcount

address, token = sys.argv[1:]
client = AuthenticatedClient(base_url=address, token=token)
declared = declare_headcount.sync_detailed(
    "330225001", client=client, body=Headcount(headcount=40)
)
assert declared.status_code == 200, declared
assert declared.parsed.stream == "unit-330225001", declared
found = list_quotas.sync_detailed(client=client, limit=3)
assert found.status_code == 200, found
assert len(found.parsed.items) == 3, found
