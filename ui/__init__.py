"""The window of Regiemap: Qt only. It knows services, domain, i18n and config, never storage or reports."""
