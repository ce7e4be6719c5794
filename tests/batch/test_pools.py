"""Pools: nothing is lost or doubled, also when a worker dies, in processes and on a Dask cluster."""

import os
import signal
import threading
import time

import pytest

from fiscal.batch import pools
from fiscal.batch.pools import AHEAD, Processes, open_pool
from fiscal.errors import RunError
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


def test_a_batch_loses_and_doubles_nothing_when_a_worker_is_killed(cluster, tmp_path):
    offices(tmp_path / "in", 8)
    local = run(tmp_path / "in", out=tmp_path / "local")
    victims = [worker.pid for worker in cluster.workers.values()]
    killed = []

    def kill_one():
        """When the first results are there, so in the middle of the run."""
        while not list((tmp_path / "dask").rglob("*.pkl")):
            time.sleep(0.01)
        os.kill(victims[0], signal.SIGKILL)
        killed.append(victims[0])

    killer = threading.Thread(target=kill_one)
    killer.start()
    done = run(tmp_path / "in", out=tmp_path / "dask", scheduler=cluster.scheduler_address)
    killer.join()
    assert killed
    assert (done.n_accounts, done.n_stored, done.unreadable) == (8, 8, [])
    assert (done.n_accounts, done.findings) == (local.n_accounts, local.findings)
    assert bytes_of(tmp_path / "dask") == bytes_of(tmp_path / "local")
