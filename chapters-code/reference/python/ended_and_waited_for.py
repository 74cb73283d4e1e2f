import asyncio
from asyncio.subprocess import PIPE


async def main():
    for size in [131_072, 131_073]:
        words = f"read go; head -c {size} /dev/zero"
        child = await asyncio.create_subprocess_shell(
            words, stdin=PIPE, stdout=PIPE
        )
        wait = asyncio.create_task(child.wait())
        await asyncio.sleep(0)  # It waits from now on.
        child.stdin.close()
        while child.returncode is None:
            await asyncio.sleep(0.01)
        done, _ = await asyncio.wait([wait], timeout=1)
        print(f"{size:,}: returncode {child.returncode},", end=" ")
        print("wait() returned" if done else "wait() still waits")
        await child.stdout.read()
        await wait


asyncio.run(main())
