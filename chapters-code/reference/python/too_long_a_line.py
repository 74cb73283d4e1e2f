import asyncio
from asyncio.subprocess import PIPE

LINE = "head -c 65537 /dev/zero; read go; echo its rest"


async def main():
    child = await asyncio.create_subprocess_shell(
        f"{LINE}; echo the next line", stdin=PIPE, stdout=PIPE
    )
    try:
        await child.stdout.readline()
    except ValueError as error:
        print(f"ValueError: {error}")
    child.stdin.close()
    async for line in child.stdout:
        print(line)
    print("status", await child.wait())


asyncio.run(main())
