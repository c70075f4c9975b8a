"""stub"""
class Member:
    def __init__(s,t,m): s.t,s.m=t,m; s.name,s.size=m.name,m.size
    def read(s,limit): return s.t.extractfile(s.m).read()
    def chunks(s): yield s.read(0)
    def lines(s,limit):
        for l in s.t.extractfile(s.m): yield l.rstrip(b"\n")
