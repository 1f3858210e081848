"""Scrapy fetching and storing the same pages. Run by an interpreter that has Scrapy; knows nothing of this project.

Reads its task as JSON from standard input (``hosts``, ``paths``, ``folder``, ``store``: ``gzip`` packs each decoded
body anew, ``verbatim`` keeps the server's bytes; ``delay`` in seconds) and prints what it took.
"""

import gzip
import json
import resource
import sys
import time
from pathlib import Path

import scrapy
from scrapy.crawler import CrawlerProcess


class Pages(scrapy.Spider):
    """Asks every host for every page and writes each body to a file of its own."""

    name = "pages"

    def __init__(self, task, took):
        super().__init__()
        self._task, self._took, self._number = task, took, 0
        self._pack = task["store"] == "gzip"
        Path(task["folder"]).mkdir(parents=True)

    async def start(self):
        self._took["started"], self._took["cpu"] = time.perf_counter(), _cpu()
        for path in self._task["paths"]:
            for host in self._task["hosts"]:
                yield scrapy.Request(host + path, dont_filter=True)

    def parse(self, response):
        self._number += 1
        body = gzip.compress(response.body) if self._pack else response.body
        Path(self._task["folder"], str(self._number)).write_bytes(body)

    def closed(self, reason):
        self._took |= {
            "pages": self._number,
            "seconds": time.perf_counter() - self._took["started"],
            "cpu_seconds": _cpu() - self._took["cpu"],
        }


def _cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main():
    task, took = json.load(sys.stdin), {}
    settings = {
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": True,
        "COOKIES_ENABLED": False,
        "CONCURRENT_REQUESTS": 64,
        "DOWNLOAD_DELAY": task["delay"],
        "RANDOMIZE_DOWNLOAD_DELAY": False,
    }
    if task["store"] == "verbatim":
        settings |= {"COMPRESSION_ENABLED": False, "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"}}
    process = CrawlerProcess(settings)
    process.crawl(Pages, task=task, took=took)
    process.start()
    print(json.dumps({name: took[name] for name in ("pages", "seconds", "cpu_seconds")}))


if __name__ == "__main__":
    main()
