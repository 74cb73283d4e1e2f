import ctypes

def resident():
    with open("/proc/self/status") as status:
        kb = int(status.read().split("VmRSS:")[1].split()[0])
    return f"{round(kb / 50_000) * 50} MB"

# A bowl is the number n, with blanks before it to make 1000 bytes.
bowls = [b"%1000d" % n for n in range(100_000)]
print("100,000 bowls:", resident())
last = bowls.pop()
bowls.clear()
print("the last bowl only:", resident())
# ctypes calls C functions. CDLL(None) finds those loaded already.
# The 0 says how much free memory may stay at the end of the heap.
ctypes.CDLL(None).malloc_trim(0)
print("after malloc_trim:", resident())
