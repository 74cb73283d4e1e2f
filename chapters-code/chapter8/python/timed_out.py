import asyncio


async def main():
    child = await asyncio.create_subprocess_exec("sleep", "60")
    try:
        await asyncio.wait_for(child.wait(), timeout=0.1)
    except asyncio.TimeoutError:
        print("timed out; returncode", child.returncode)

    with open(f"/proc/{child.pid}/comm") as name:
        print("still there:", name.read(), end="")
    child.kill()
    print("killed; returncode", await child.wait())


asyncio.run(main())
