"""Views: what a template shows, as typed values.

A view is one function marked with `view` in a module of this package; templates call it as `views.<name>(…)`.
"""
