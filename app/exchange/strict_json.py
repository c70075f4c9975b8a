"""stub"""
import json


def parse(data, *, longest, deepest=24): return json.loads(data)
def line(data): return json.loads(data)
