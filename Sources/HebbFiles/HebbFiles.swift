import HebbArrays
