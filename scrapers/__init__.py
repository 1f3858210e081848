"""From a source's file to stored pages, and from stored pages to documents and submissions.

``registry`` reads the source files, ``collect`` crawls one source into the archive, ``land`` reads the archive.
"""
