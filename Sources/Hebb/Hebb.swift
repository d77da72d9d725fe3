/// All of Hebb that works on arrays: `import Hebb` and build, train and use a network.
///
/// Pictures, archives and data sets on disk are in the product `HebbFiles`, since they link libraries of the system.
@_exported import HebbArrays
@_exported import HebbAutograd
@_exported import HebbData
@_exported import HebbLayers
@_exported import HebbModels
@_exported import HebbRules
@_exported import HebbTraining
