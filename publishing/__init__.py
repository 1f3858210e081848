"""Releases: immutable folders of tables that analysts read, each with checksums and a diff."""

from publishing.release import PublishResult, Release, current_release, list_releases, publish, verify

__all__ = ["PublishResult", "Release", "current_release", "list_releases", "publish", "verify"]
