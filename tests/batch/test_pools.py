"""Pools: nothing is lost or doubled, also when a worker dies, in processes and on a Dask cluster."""

import os
import signal
import threading
import time
from contextlib import contextmanager, nullcontext

import pytest

from fiscal.batch.engine import pools
from fiscal.batch.engine.pools import Processes, open_pool
from fiscal.errors import RunError
from fiscal.sandbox import AHEAD
from tests.batch.accounts import bytes_of, offices, run


def double(number):
    return number * 2


def fails(number):
    if number == 3:
        raise ValueError("three")
    return number


def dies(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def results(pool, function, n=20):
    return sorted((item[0], str(result)) for item, result in pool.each(function, ((k,) for k in range(n))))


def test_every_item_has_one_result():
    assert results(Processes(2), double) == sorted((k, str(2 * k)) for k in range(20))


def test_an_error_costs_its_item_alone():
    assert results(Processes(2), fails) == sorted((k, "three" if k == 3 else str(k)) for k in range(20))


def test_a_dead_process_costs_its_item_alone():
    found = dict(results(Processes(2), dies))
    assert {k: found[k] for k in found if k != 3} == {k: str(k) for k in range(20) if k != 3}
    assert "terminated" in found[3]


def test_items_are_taken_as_they_are_needed():
    """Memory must not grow with the number of documents."""
    taken = []
    items = ((taken.append(k) or k,) for k in range(1000))
    each = Processes(1).each(double, items)
    next(each)
    assert len(taken) <= 2 * AHEAD
    each.close()


def test_a_name_that_is_no_address_is_refused_at_once():
    with pytest.raises(RunError, match="nonsense: is no address of a scheduler — give it as tcp://host:8786"):
        open_pool(scheduler="nonsense").__enter__()


def test_no_scheduler_at_an_address_is_named(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(pools, "PATIENCE", "1s")
    with pytest.raises(RunError, match="no scheduler answers there"):
        pools.Cluster("tcp://127.0.0.1:1")


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def test_the_cluster_gives_what_processes_give(cluster):
    with open_pool(scheduler=cluster.scheduler_address) as pool:
        assert results(pool, fails) == results(Processes(2), fails)


def test_a_process_of_the_cluster_that_dies_costs_its_item_alone(cluster):
    with open_pool(scheduler=cluster.scheduler_address) as pool:
        found = dict(results(pool, dies, 6))
    assert {k: found[k] for k in found if k != 3} == {k: str(k) for k in range(6) if k != 3}
    assert "terminated" in found[3]


@contextmanager
def killing(cluster, out, pattern):
    """Kill a worker as soon as a file of this name appears, so in the middle of the run."""
    victim = next(iter(cluster.workers.values())).pid

    def kill():
        while not list(out.rglob(pattern)):
            time.sleep(0.01)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    yield
    killer.join(1)
    assert not killer.is_alive()


def run_here_and_there(cluster, tmp_path, *, kill_at=None, **options):
    """The same batch by processes and by the cluster, in one place after the other, since pages name their store."""
    out = tmp_path / "out"
    here = run(tmp_path / "in", out=out, **options)
    out.rename(tmp_path / "here")
    with killing(cluster, out, kill_at) if kill_at else nullcontext():
        there = run(tmp_path / "in", out=out, scheduler=cluster.scheduler_address, **options)
    assert (there.n_accounts, there.findings) == (here.n_accounts, here.findings)
    assert (there.n_pages_made, there.failures, there.unreadable) == (here.n_pages_made, [], [])
    assert bytes_of(out) == bytes_of(tmp_path / "here")
    return there


def test_a_batch_loses_and_doubles_nothing_when_a_worker_is_killed(cluster, tmp_path):
    offices(tmp_path / "in", 8)
    done = run_here_and_there(cluster, tmp_path, kill_at="*.pkl")
    assert (done.n_accounts, done.n_stored) == (8, 8)


def test_the_workers_make_the_pages_also_when_one_is_killed(cluster, tmp_path):
    offices(tmp_path / "in", 2)
    assert run_here_and_there(cluster, tmp_path, kill_at="03_*.ipynb", pages=True).n_pages_made == 2


def test_the_notebooks_of_one_account_are_dealt_out_over_the_workers(cluster, tmp_path):
    offices(tmp_path / "in", 1)
    assert run_here_and_there(cluster, tmp_path, pages=True).n_pages_made == 1
