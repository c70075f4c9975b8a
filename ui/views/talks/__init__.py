"""The screens of a talk: the lists, preparing, talk mode, finishing and the report."""
