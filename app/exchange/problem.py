"""stub"""
from app.domain.errors import KnownProblem


class NotAPackage(KnownProblem): message="x"
class NotForYou(KnownProblem): message="x"
class DamagedPackage(KnownProblem): message="x"
class NewerPackage(KnownProblem): message="x"
class DangerousPackage(KnownProblem): message="x"
class WrongSignature(KnownProblem): message="x"
