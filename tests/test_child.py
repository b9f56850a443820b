"""A child process answers, or is stopped; the next call finds another."""

import asyncio
import os
import signal
import threading

import pytest

from monitor.child import Child, ChildDied, ChildLate, ChildMissing, Children


def answer(job: str) -> str:
    """What the children of these tests do."""
    if job == "hang":
        threading.Event().wait()
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "fail":
        raise ValueError(job)
    return f"{job} done by {os.getpid()}"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def test_one_child_answers_call_after_call() -> None:
    """A child is kept: two calls are answered by one process, which is not ours."""
    child = Child(answer)
    first, second = await child.call("job", seconds=30), await child.call("job", seconds=30)
    child.close()
    assert first == second
    assert not first.endswith(str(os.getpid()))


async def test_a_late_child_is_killed() -> None:
    """A child that does not answer in time is killed; the next call is answered by another."""
    child = Child(answer)
    with pytest.raises(ChildLate):
        await child.call("hang", seconds=0.1)
    assert await child.call("job", seconds=30)
    child.close()


async def test_a_child_that_dies_is_told_and_replaced() -> None:
    """A child that dies fails its own call only."""
    child = Child(answer)
    with pytest.raises(ChildDied):
        await child.call("die", seconds=30)
    assert await child.call("job", seconds=30)
    child.close()


async def test_what_the_work_raises_is_raised_here() -> None:
    """An exception of the work comes back, and the child lives on."""
    child = Child(answer)
    with pytest.raises(ValueError, match="fail"):
        await child.call("fail", seconds=30)
    assert await child.call("job", seconds=30)
    child.close()


async def test_a_child_killed_between_two_calls_is_never_asked() -> None:
    """After `kill` the next call goes to a new process, however slowly the old one dies."""
    child = Child(answer)
    answers = set()
    for _ in range(20):
        answers.add(await child.call("job", seconds=30))
        child.kill()
    child.close()
    assert len(answers) == 20


async def test_a_child_that_died_between_two_calls_fails_none() -> None:
    """A child that someone else kills while it has nothing to do is replaced, and the next call is answered."""
    child = Child(answer)
    first = await child.call("job", seconds=30)
    for _ in range(20):
        os.kill(int(first.rpartition(" ")[2]), signal.SIGKILL)
        first = await child.call("job", seconds=30)
    child.close()


async def test_a_child_that_can_not_be_started_takes_no_job() -> None:
    """When no child lives long enough to take a job, that is said: nothing was begun."""
    child = Child(answer, prepare=die)
    with pytest.raises(ChildMissing):
        await child.call("job", seconds=30)
    child.close()


async def test_an_idle_child_is_ended() -> None:
    """A child without work is ended after a while; the next call is answered by another."""
    child = Child(answer, idle=0)
    first = await child.call("job", seconds=30)
    due = asyncio.Event()
    asyncio.get_running_loop().call_later(0, due.set)
    await due.wait()  # what became due before it has been done
    assert await child.call("job", seconds=30) != first
    child.close()


async def test_children_share_the_work() -> None:
    """Of two children, one that hangs does not keep the other from answering."""
    children = Children(2, answer)
    with pytest.raises(ChildLate):
        await children.call("hang", seconds=0.1)
    assert await children.call("job", seconds=30)
    children.close()
